/// What every endpoint needs beside its own use cases.
struct EndpointEnvironment: Sendable {
    let cursors: CursorSealer
    /// nil: a provider's agent sees no ticket.
    let isVisible: TicketVisibility?
}
