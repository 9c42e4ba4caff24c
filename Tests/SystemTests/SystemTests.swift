import Testing

/// The real executables, started, loaded, killed and drained. One at a time: each test runs a deployment of its own.
@Suite("The executables", .serialized)
enum SystemTests {}
