"""Pacing: a steady amount of one activity, found from tries, kept on better and harder days, looked back on.

Its words are *try*, *start*, *quota* (the real amount), *shown* (rounded), *tick*, *look-back*, *choice*;
its truths are plain Python in `amounts`, `flare` and the files whose names begin with `rules`.
Other rooms may call `service` and `words` and read plain values from those, never its tables or forms.

What `service` offers
    `plans_of(by, patient_id)`; `plan_of(by, patient_id, plan_id)`, which raises `NotFound`;
    `in_energy_mode(by, patient_id)`.
    `today_ticks(by, patient_id, today)`: each running plan with what it shows today and what was noted.
    Its one-tap button posts to `pacing.done` (with `to=` for the way back); its page is `pacing.tick`.
    `weeks_of(by, plans, today)`, `week_sentence(by, plan, today)`: "You did your walk on 5 days this week".
    `shared_plans(by, patient_id, today)`: for the team, only what is shared; the caller writes the audit row.
    `settings_from(service.pacing)`: the service's own numbers over the defaults, to hand to any of these.
    `service_flare`, for the flare-up page of the course room: `flare_page`, `begin_or_choose`, `answer`, `note_day`,
    `take_step`, `end_way_back`.
    `words.activity(plan)` and `words.shown(amount, unit)`: names and amounts as people say them.
"""
