import Domain

/// A batch gives out a ticket whose clocks follow from more events than a pass reads while it holds its locks. Nothing of the batch is kept.
struct LongHistory: Error {
    let ticket: TicketID
    /// How many tickets come before it in the batch: so many can be given out without it.
    let place: Int
}
