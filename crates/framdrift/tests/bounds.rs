//! What a host may do with what it gets: keep it, send it, share it.

use framdrift::{Network, Opened, Plan, Programme, ProgrammeDoc, Report, Schedule};

const fn shared<T: Send + Sync + 'static>() {}

const _: () = {
    shared::<Plan>();
    shared::<Programme>();
    shared::<ProgrammeDoc>();
    shared::<Report>();
    shared::<Schedule>();
    shared::<Network>();
    shared::<Opened>();
};
