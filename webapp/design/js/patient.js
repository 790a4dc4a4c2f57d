// The small script of a patient's page. Every page works without it.
import { startComponents } from "./components.js";
import { keepDrafts } from "./drafts.js";
import { offerPrinting } from "./printing.js";
import { saveForms } from "./saving.js";

startComponents();
saveForms();
keepDrafts();
offerPrinting();
