public import Domain
import Store

/// What one pass over a queue did.
public struct RoutingPassReport: Sendable {
    /// Whether another dispatcher works on the queue: nothing was done.
    public var isLaneBusy = false
    /// The assignments and offers that were committed, in rank order.
    public var assigned: [RoutingAssignment] = []
    /// How many of them were offers.
    public var offered = 0
    /// Tickets that everybody has declined who could take them, for as long as a round lasts.
    var exhausted: [TicketID] = []
    /// Of how many of them the round was to end, and did.
    var roundsTried = 0
    public internal(set) var roundsEnded = 0
    /// How many tickets that had waited too long moved on to another queue.
    public internal(set) var movedOn = 0
    /// For each assignment how many microseconds the ticket had waited since it became routable.
    public var waits: [Int64] = []
    /// Pairs that were not written, because somebody else had changed the ticket or taken the room in the meantime; they stay queued.
    public var refused = 0
    /// Whether entries may say what held before an edit of the queue.
    var isBehind = false
    /// Whether they could not be held against it: that is to be tried again in a while, whatever else there is to do.
    public internal(set) var hasFailedToFollow = false
    /// How many entries were held against the queue after an edit of it.
    public internal(set) var followed = 0
    /// How many events of a long history were read before the batch.
    public internal(set) var readAhead = 0
    /// Tickets looked at, with an agent found or not.
    public var examined = 0
    /// The work that tenants share (routing.md H), in tickets given out: to look at one that stays costs about an eighth of that; to end a round of offers,
    /// or to move one on, as much; to look at an entry after an edit, or at an event of a long history, as much as at a ticket that stays.
    public var effort: Int {
        let given = assigned.count + refused
        return max(1, given + roundsTried + movedOn + (max(0, examined - given) + followed + readAhead) / 8)
    }
    /// Whether the queue may still hold tickets that can be assigned now; a signal says so in the database too.
    public var hasMore = false
    /// What was recorded newly: for each filter of routing.md C how many agents it kept from the tickets that wait, skills taken together.
    public var refusals: [String: Int] = [:]
    /// What was recorded newly: for each reason how many classes of tickets wait for it.
    public var waitReasons: [String: Int] = [:]
    /// Whether tickets that have waited too long may move on: not while somebody else works on the queue.
    var mayOverflow = true
    /// Whether a scheduler has a new time to look at: of a chain that was started, or of a clock.
    var concernsSchedulers = false
    /// Tickets that nobody can take, of which that is still to be told.
    var unroutable: UnroutableTickets?
    /// Whether there is more, but this pass got nowhere: to be tried again in a while, not at once.
    public var isStalled = false

    public init() {}

    mutating func record(_ documents: [RefusalDocument]) {
        for document in documents {
            waitReasons[document.reason.rawValue, default: 0] += 1
            for (filter, agents) in document.agents {
                // `skill:<id>`: what is counted for the operator names no tenant's things.
                refusals[String(filter.prefix { $0 != ":" }), default: 0] += agents
            }
        }
    }
}
