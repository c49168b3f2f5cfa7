//! The ratios that performance is judged by: what the engine takes, divided by what the same work takes at the least.
//!
//! `cargo bench -p framdrift-benches --bench ratios`. One process; the variants of a row take turns, and figures are medians,
//! so a noisy machine moves both sides of a ratio. Times of different rows do not compare. `-- --test` tries it at a tiny size;
//! `FRAMDRIFT_BENCH_LARGE=1` adds a million activities.
#![expect(clippy::print_stdout, reason = "a table is what this program is for")]

mod asking;
mod memory;

use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use framdrift::model::Damage;
use framdrift::model::calendar::WorkCalendar;
use framdrift::model::document::ProgrammeDoc;
use framdrift::model::facts::Facts;
use framdrift::model::projection::{NodeIx, Span};
use framdrift::schedule::{Edit, Schedule, compute, recompute, rings, update};
use framdrift::source::write::to_yaml_text;
use framdrift::{Network, Plan};
use framdrift_benches::floor::{Dates, Flat, OnCalendars};
use framdrift_benches::shape::{Dice, SHAPES, Shape, Ties, four_calendars, no_calendar, start};
use framdrift_benches::{only_trying, peer, sizes, text};

fn main() {
    let mut arguments = std::env::args().skip_while(|a| a != "--memory").skip(1);
    if let (Some(what), Some(n)) = (arguments.next(), arguments.next()) {
        return memory::child(&what, n.parse().expect("a number of activities"));
    }
    header();
    // `-- computing editing` prints these tables alone.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let tables: [(&str, fn()); 7] = [
        ("computing", computing),
        ("building", building),
        ("editing", editing),
        ("loading", loading),
        ("steps", steps),
        ("asking", asking::table),
        ("memory", memory::table),
    ];
    for (_, table) in tables
        .iter()
        .filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|w| w == name))
    {
        table();
    }
}

/// The machine, because ratios hold on one only.
fn header() {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("unknown processor", |(_, name)| name);
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let compiler = Command::new(option_env!("RUSTC").unwrap_or("rustc"))
        .arg("--version")
        .output();
    let compiler = compiler.map_or_else(
        |_| "rustc unknown".into(),
        |o| String::from_utf8_lossy(&o.stdout).into_owned(),
    );
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().filter(|l| !l.is_empty()).unwrap_or("unknown");
    println!("machine: {model}, {cores} cores, {}, load {load}", compiler.trim());
    if only_trying() {
        println!("only trying: the figures mean nothing");
    }
}

/// A way to do something. It times itself, so that what it needs can be made ready outside the time.
type Variant<'v> = Box<dyn FnMut() -> Duration + 'v>;

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let before = Instant::now();
    let result = black_box(work());
    let taken = before.elapsed();
    drop(result);
    taken
}

/// The median of each variant, run in turns for about three seconds, but at least five rounds and at most 301.
fn in_turns<const N: usize>(mut variants: [Variant<'_>; N]) -> [Duration; N] {
    let mut times: [Vec<Duration>; N] = std::array::from_fn(|_| Vec::new());
    let begun = Instant::now();
    let mut round = |times: &mut [Vec<Duration>; N]| {
        for (variant, times) in variants.iter_mut().zip(times) {
            times.push(variant());
        }
    };
    if only_trying() {
        round(&mut times);
    } else {
        let mut warm = std::array::from_fn(|_| Vec::new());
        round(&mut warm);
        let mut rounds = 0;
        while rounds < 5 || (rounds < 301 && begun.elapsed() < Duration::from_secs(3)) {
            round(&mut times);
            rounds += 1;
        }
    }
    times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    })
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64().max(1e-12)
}

fn per_activity(time: Duration, n: usize) -> f64 {
    time.as_secs_f64() * 1e9 / n as f64
}

fn title(text: &str, columns: &str) {
    println!("\n## {text}\n{columns}");
}

fn network(shape: &Shape, unit: i64, calendars: &[WorkCalendar]) -> Network {
    Network::new(shape.projection(unit, calendars)).expect("a shape has no rings")
}

/// A network with a schedule of it, to be computed again in place.
struct Kept {
    network: Network,
    schedule: Schedule,
}

impl Kept {
    fn new(shape: &Shape, unit: i64, calendars: &[WorkCalendar]) -> Self {
        let network = network(shape, unit, calendars);
        let schedule = compute(&network, &Facts::none()).expect("a start");
        Self { network, schedule }
    }

    fn again(&mut self) -> Duration {
        timed(|| recompute(&self.network, &Facts::none(), &mut self.schedule))
    }

    /// All the dates once more from counts of work, as a recalculation on one calendar converts them at its end.
    fn convert(&self) -> Duration {
        let calendar = &self.network.projection().calendars[0];
        let work = |t| calendar.work_at(t);
        let counts: Vec<[u32; 4]> = self
            .schedule
            .iter()
            .map(|(_, d)| {
                [
                    work(d.early_start),
                    work(d.early_finish),
                    work(d.late_start),
                    work(d.late_finish),
                ]
            })
            .map(|counts| counts.map(|work| work as u32))
            .collect();
        timed(|| {
            let dates = |[a, b, c, d]: &[u32; 4]| {
                let starts = calendar.start_after(*a) ^ calendar.start_after(*c);
                starts ^ calendar.finish_after(*b) ^ calendar.finish_after(*d)
            };
            counts.iter().map(dates).fold(0, |all, t| all ^ t)
        })
    }
}

fn computing() {
    let line = |case: &str, n: usize, engine: Duration, floor: Duration, peer: Option<Duration>| {
        let peer = peer.map_or(String::new(), |peer| format!(" {:>9.2}", ratio(peer, engine)));
        println!(
            "{case:<40} {n:>9} {:>9.1} {:>9.1} {:>8.2}{peer}",
            per_activity(engine, n),
            per_activity(floor, n),
            ratio(engine, floor)
        );
    };
    title(
        "recompute() ÷ floor, in place; and petgraph's passes, order known, ÷ recompute()",
        &format!(
            "{:<40} {:>9} {:>9} {:>9} {:>8} {:>9}",
            "", "n", "ns/act", "floor", "ratio", "faster by"
        ),
    );
    for n in sizes() {
        for (name, make) in SHAPES {
            for (ties, said) in [(Ties::Plain, "FS"), (Ties::Mixed, "mixed")] {
                let shape = make(*n, ties);
                let mut engine = Kept::new(&shape, 60, &no_calendar());
                let mut office = Kept::new(&shape, 60, &four_calendars(false)[..1]);
                let converting = Kept::new(&shape, 60, &four_calendars(false)[..1]);
                let (flat, peer) = (Flat::new(&shape), peer::Ordered::new(&shape));
                let (mut dates, mut others) = (Dates::default(), Dates::default());
                // In pairs, because each takes from the cache what the next one needs.
                let [ours, floor] = in_turns([
                    Box::new(|| engine.again()),
                    Box::new(|| timed(|| flat.compute(&mut dates))),
                ]);
                let [hours, converted] = in_turns([Box::new(|| office.again()), Box::new(|| converting.convert())]);
                let [petgraph] = in_turns([Box::new(|| timed(|| peer.compute(&mut others)))]);
                line(&format!("{name}, {said}, one clock"), *n, ours, floor, Some(petgraph));
                line(&format!("{name}, {said}, one office calendar"), *n, hours, floor, None);
                line("  of which conversion of dates", *n, converted, floor, None);
            }
        }
        for (name, make) in SHAPES {
            // A chain of days this long would leave the span of dates.
            if name == "chain" && *n > 10_000 {
                continue;
            }
            for (ties, said) in [(Ties::Plain, "FS"), (Ties::Mixed, "mixed")] {
                let shape = make(*n, ties);
                let mut engine = Kept::new(&shape, 1_440, &four_calendars(true));
                let mut office = Kept::new(&shape, 480, &four_calendars(false));
                let days = engine.schedule.finish().since(start()) / 1_440;
                let mut floor = OnCalendars::new(&shape, start().day_and_minute().0, days as usize);
                let mut dates = Dates::default();
                let [ours, floor] = in_turns([
                    Box::new(|| engine.again()),
                    Box::new(|| timed(|| floor.compute(&mut dates))),
                ]);
                let [hours] = in_turns([Box::new(|| office.again())]);
                line(
                    &format!("{name}, {said}, 4 calendars, whole days"),
                    *n,
                    ours,
                    floor,
                    None,
                );
                line(
                    &format!("{name}, {said}, 4 calendars, office hours"),
                    *n,
                    hours,
                    floor,
                    None,
                );
            }
        }
    }
}

/// What one duration changed costs, edit and update, against computing everything again.
fn editing() {
    title(
        "one duration changed: apply() and update(); µs",
        &format!(
            "{:<28} {:>9} {:>9} {:>9} {:>9} {:>9} {:>13} {:>9} {:>12}",
            "mixed links", "n", "full", "median", "p90", "p99", "full ÷ median", "p99 ÷ full", "worst ÷ full"
        ),
    );
    for n in sizes() {
        for (name, make) in SHAPES {
            for (calendars, unit, said) in [
                (no_calendar(), 60, "one clock"),
                (four_calendars(false), 480, "4 calendars"),
            ] {
                if name == "chain" && *n > 10_000 && calendars.len() > 1 {
                    continue;
                }
                let kept = Kept::new(&make(*n, Ties::Mixed), unit, &calendars);
                edit_one(&format!("{name}, {said}"), *n, unit, kept);
            }
        }
    }
}

fn edit_one(case: &str, n: usize, unit: i64, mut kept: Kept) {
    let begun = Instant::now();
    let mut dice = Dice::new(11);
    let (mut full, mut all) = (Vec::new(), Vec::new());
    let once = |kept: &mut Kept, node, span| {
        timed(|| {
            let done = kept.network.apply(Edit::Span { node, span }).expect("a node");
            update(&kept.network, &Facts::none(), &mut kept.schedule, &done.touched).expect("a start");
        })
    };
    let mut worst = Duration::ZERO;
    let rounds = if only_trying() { 20 } else { 10_000 };
    for round in 0..rounds {
        if round > 200 && begun.elapsed() > Duration::from_secs(8) {
            break;
        }
        if round % 100 == 0 || full.len() < 9 {
            full.push(kept.again());
        }
        let node = NodeIx(dice.below(n) as u32);
        let before = kept.network.projection().nodes[node.index()].span;
        let span = Span::Work((1 + dice.below(40)) as i64 * unit);
        let taken = once(&mut kept, node, span);
        all.push(taken);
        // What took long may have been interrupted: the same edit is made again, and its best time counts.
        if taken > worst {
            let mut best = taken;
            for _ in 0..5 {
                once(&mut kept, node, before);
                best = best.min(once(&mut kept, node, span));
            }
            worst = worst.max(best);
        }
    }
    full.sort_unstable();
    all.sort_unstable();
    let (full, at) = (full[full.len() / 2], |share: usize| all[(all.len() - 1) * share / 100]);
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    println!(
        "{case:<28} {n:>9} {:>9.1} {:>9.2} {:>9.1} {:>9.1} {:>13.0} {:>9.2} {:>12.2}",
        micros(full),
        micros(at(50)),
        micros(at(90)),
        micros(at(99)),
        ratio(full, at(50)),
        ratio(at(99), full),
        ratio(worst, full)
    );
}

fn building() {
    title(
        "from a list of links to every float: Network::new + compute ÷ floor, and petgraph alone ÷ Network::new + compute",
        &format!(
            "{:<34} {:>9} {:>9} {:>9} {:>9} {:>8} {:>9}",
            "one clock, mixed links", "n", "ns/act", "floor", "petgraph", "÷ floor", "faster by"
        ),
    );
    for n in sizes() {
        for (name, make) in SHAPES {
            let natural = make(*n, Ties::Mixed);
            for (order, shape) in [("natural", natural.clone()), ("shuffled", natural.shuffled())] {
                let projection = shape.projection(60, &no_calendar());
                let [ours, floor, petgraph] = in_turns([
                    Box::new(|| {
                        let projection = projection.clone();
                        timed(|| {
                            let network = Network::new(projection).expect("no rings");
                            let schedule = compute(&network, &Facts::none());
                            (network, schedule)
                        })
                    }),
                    Box::new(|| {
                        timed(|| {
                            let mut dates = Dates::default();
                            let flat = Flat::new(&shape);
                            flat.compute(&mut dates);
                            (flat, dates)
                        })
                    }),
                    Box::new(|| timed(|| peer::compute(&shape))),
                ]);
                println!(
                    "{:<34} {n:>9} {:>9.1} {:>9.1} {:>9.1} {:>8.2} {:>9.2}",
                    format!("{name}, {order}"),
                    per_activity(ours, *n),
                    per_activity(floor, *n),
                    per_activity(petgraph, *n),
                    ratio(ours, floor),
                    ratio(petgraph, ours)
                );
            }
        }
    }
}

fn loading() {
    title(
        "from JSON to a plan ÷ serde_json of the same text, and YAML ÷ JSON",
        &format!(
            "{:<20} {:>9} {:>7} {:>9} {:>8} {:>8} {:>8} {:>8} {:>8}",
            "", "n", "MB", "ms", "MB/s", "÷ Value", "÷ typed", "÷ lean", "YAML"
        ),
    );
    for n in sizes().iter().filter(|n| **n <= 100_000) {
        for (name, make) in SHAPES {
            let json = text::json(&make(*n, Ties::Mixed));
            let lean: Variant<'_> = Box::new(|| timed(|| serde_json::from_str::<text::Lean>(&json)));
            load_one(name, *n, &json, Some(lean));
        }
        let units = n.div_ceil(text::NODES_PER_UNIT);
        load_one("units", units * text::NODES_PER_UNIT, &text::units(units), None);
    }
    let record = framdrift::load(text::HEALTH_RECORD).expect("no faults");
    let json = framdrift::source::write::to_json_text(record.programme().document());
    load_one("health record", record.network().projection().nodes.len(), &json, None);
}

fn load_one(name: &str, n: usize, json: &str, lean: Option<Variant<'_>>) {
    let yaml = to_yaml_text(&text::document(json));
    let has_lean = lean.is_some();
    let [plan, value, typed, lean, from_yaml] = in_turns([
        Box::new(|| timed(|| framdrift::load(json).expect("no faults"))),
        Box::new(|| timed(|| serde_json::from_str::<serde_json::Value>(json))),
        Box::new(|| timed(|| serde_json::from_str::<ProgrammeDoc>(json))),
        lean.unwrap_or_else(|| Box::new(|| Duration::ZERO)),
        Box::new(|| timed(|| framdrift::load(&yaml).expect("no faults"))),
    ]);
    let bytes = json.len() as f64 / 1e6;
    let lean = if has_lean {
        format!("{:.2}", ratio(plan, lean))
    } else {
        "–".into()
    };
    println!(
        "{name:<20} {n:>9} {bytes:>7.2} {:>9.2} {:>8.0} {:>8.2} {:>8.2} {lean:>8} {:>8.2}",
        plan.as_secs_f64() * 1e3,
        bytes / plan.as_secs_f64(),
        ratio(plan, value),
        ratio(plan, typed),
        ratio(from_yaml, plan)
    );
}

/// Where the time goes between a document and a plan, and whether it grows faster than the document.
fn steps() {
    title(
        "a document in memory, ms per 100 000 nodes",
        &format!(
            "{:<20} {:>9} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8}",
            "", "n", "check", "project", "rings", "network", "compute", "plan"
        ),
    );
    for which in 0..=SHAPES.len() {
        let mut smaller: Option<[f64; 6]> = None;
        for n in sizes()
            .iter()
            .filter(|n| **n <= 100_000 && (only_trying() || **n > 100))
        {
            let (name, json) = match SHAPES.get(which) {
                Some((name, make)) => (*name, text::json(&make(*n, Ties::Mixed))),
                None => ("units", text::units(n.div_ceil(text::NODES_PER_UNIT))),
            };
            let document = text::document(&json);
            let checked = document.check(&Damage::none());
            let projection = checked.projection(&document);
            let network = Network::new(projection.clone()).expect("no rings");
            let medians = in_turns([
                Box::new(|| timed(|| document.check(&Damage::none()))),
                Box::new(|| timed(|| checked.projection(&document))),
                Box::new(|| timed(|| rings(&projection))),
                Box::new(|| {
                    let projection = projection.clone();
                    timed(|| Network::new(projection))
                }),
                Box::new(|| timed(|| compute(&network, &Facts::none()))),
                Box::new(|| {
                    let document = document.clone();
                    timed(|| Plan::new(document))
                }),
            ]);
            let nodes = projection.nodes.len() as f64;
            let figures = medians.map(|time| time.as_secs_f64() * 1e8 / nodes);
            println!("{}", row(name, &nodes.to_string(), figures, 1));
            if let Some(smaller) = smaller {
                let growth = std::array::from_fn(|i| figures[i] / smaller[i]);
                println!("{}", row("", "growth ×", growth, 2));
            }
            smaller = Some(figures);
        }
    }
    println!("growth: time per node at the larger size ÷ that at the smaller; 1 is linear");
}

fn row(name: &str, n: &str, figures: [f64; 6], digits: usize) -> String {
    let figures: String = figures.iter().map(|f| format!(" {f:>8.digits$}")).collect();
    format!("{name:<20} {n:>9}{figures}")
}
