//! How does a host make a programme without a file, and get at its dates and reasons?
//!
//! ```sh
//! cargo run --example build_in_code
//! ```

use std::error::Error;

use framdrift::Plan;
use framdrift::model::document::{
    ActivityDoc, BodyDoc, GateDoc, GroupDoc, LeadTimeDoc, LinkDoc, ProgrammeDoc, SubjectDoc, SubjectKind,
};
use framdrift::model::text::LocalText;

fn main() -> Result<(), Box<dyn Error>> {
    let mut programme = ProgrammeDoc::new("new-phone-system");
    programme.start = Some("2026-08-03".parse()?);
    programme.bodies.push(BodyDoc::new("steering-group"));

    // Two units that go live, one after the other.
    for (id, name) in [("north", "Norra enheten"), ("south", "Södra enheten")] {
        let mut unit = SubjectDoc::new(id);
        unit.title = Some(name.into());
        unit.kind = Some(SubjectKind::Unit);
        programme.subjects.push(unit);
    }
    let mut units = GroupDoc::new("units");
    units.all = Some(SubjectKind::Unit);
    programme.groups.push(units);

    // Material that has to be ready two months before go-live, training in each unit, and a gate.
    let mut material = ActivityDoc::new("material");
    material.title = Some(LocalText::by_language([
        ("sv", "Utbildningsmaterial"),
        ("en", "Training material"),
    ]));
    material.duration = Some("6w".parse()?);
    let mut ready = LeadTimeDoc::new("go-live");
    ready.lead_time = Some("P2M".parse()?);
    material.before.push(ready);

    let mut training = ActivityDoc::new("training");
    training.duration = Some("5d".parse()?);
    training.per = Some("units".into());
    training.after.push(LinkDoc::new("material"));

    let mut go_live = GateDoc::new("go-live");
    go_live.body = Some("steering-group".into());
    go_live.after.push(LinkDoc::new("training"));

    programme.activities.extend([material, training]);
    programme.gates.push(go_live);

    let plan = Plan::new(programme).map_err(|refused| {
        let faults: Vec<String> = refused.diagnostics.iter().map(ToString::to_string).collect();
        faults.join("\n")
    })?;
    print!("{}", plan.schedule_table());

    let gate = plan.find("gate go-live")?;
    let explanation = plan.explain(gate).ok_or("the programme has a start")?;
    print!("\n{}", plan.words(&explanation));
    Ok(())
}
