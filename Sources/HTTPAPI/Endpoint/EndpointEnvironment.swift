/// What every endpoint needs beside its own use cases.
struct EndpointEnvironment: Sendable {
    let cursors: CursorSealer
}
