#![doc = include_str!("../docs/other-tools.md")]
