// The script of the portal: the NHS components, and the charts where there are any.
import { startComponents } from "./components.js";
import { keepDrafts } from "./drafts.js";
import { drawCharts } from "./plots.js";
import { saveForms } from "./saving.js";

startComponents();
saveForms();
keepDrafts();
drawCharts();
