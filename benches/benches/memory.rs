//! Memory, as the system sees it: each row is a process of its own, because an allocator gives little back.

use super::*;

pub(super) fn table() {
    title(
        "memory, bytes per activity (resident, from a process of its own)",
        &format!("{:<34} {:>9} {:>9} {:>9}", "", "n", "kept", "peak"),
    );
    let n = if only_trying() { 1_000 } else { 100_000 };
    for what in ["engine", "load"] {
        let me = std::env::current_exe().expect("a program knows where it is");
        let out = Command::new(me).args(["--memory", what, &n.to_string()]).output();
        match out {
            Ok(out) if out.status.success() => print!("{}", String::from_utf8_lossy(&out.stdout)),
            _ => println!("{what}: not measured"),
        }
    }
}

/// Resident now and at most so far, in bytes.
fn resident() -> Option<(u64, u64)> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let field = |key: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(key))?;
        let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
        Some(kilobytes * 1_024)
    };
    Some((field("VmRSS:")?, field("VmHWM:")?))
}

pub(super) fn child(what: &str, n: usize) {
    let Some((mut before, _)) = resident() else {
        println!("{what}: this system does not tell");
        return;
    };
    let mut line = |case: &str| {
        let (now, peak) = resident().unwrap_or((before, before));
        let each = |bytes: u64| bytes.saturating_sub(before) / n as u64;
        println!("{case:<34} {n:>9} {:>9} {:>9}", each(now), each(peak));
        before = now;
    };
    let shape = framdrift_benches::shape::layered(n, Ties::Mixed);
    if what == "load" {
        let json = text::json(&shape);
        drop(shape);
        line("text, with what made it");
        let plan = framdrift::load(&json).expect("no faults");
        line("load: plan");
        drop(plan);
    } else {
        let projection = shape.projection(60, &no_calendar());
        line("shape and projection");
        let network = Network::new(projection).expect("no rings");
        line("Network::new: network");
        let schedule = compute(&network, &Facts::none()).expect("a start");
        line("compute: schedule");
        black_box((network, schedule));
    }
}
