//! What a host may do with what it gets: keep it, send it, share it.

use framdrift::{Network, Plan, Programme, ProgrammeDoc, Schedule};

const fn shared<T: Send + Sync + 'static>() {}

const _: () = {
    shared::<Plan>();
    shared::<Programme>();
    shared::<ProgrammeDoc>();
    shared::<Schedule>();
    shared::<Network>();
};

#[cfg(feature = "text")]
const _: () = {
    shared::<framdrift::Report>();
    shared::<framdrift::Opened>();
};
