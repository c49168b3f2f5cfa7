//! Other tools' formats: MS Project XML (MSPDI) and Primavera XER in, MSPDI out, and pictures of a schedule.
