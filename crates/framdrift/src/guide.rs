#![doc = include_str!("../docs/file-format.md")]
