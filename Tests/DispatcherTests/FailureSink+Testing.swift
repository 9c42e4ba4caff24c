import Domain
import Synchronization
import TestSupport
import Testing
import UseCases

extension FailureSink {
    /// Where nothing may fail.
    static var recorded: FailureSink {
        FailureSink { Issue.record("\($0)") }
    }
}

/// The tickets for which something failed.
final class FailedTickets: Sendable {
    private let tickets = Mutex<[TicketID?]>([])

    var sink: FailureSink {
        FailureSink { failure in self.tickets.withLock { $0.append(failure.ticket) } }
    }

    /// What was reported since the last time.
    func take() -> [TicketID?] {
        tickets.withLock { tickets in
            defer { tickets = [] }
            return tickets
        }
    }
}

extension RoutingDesk {
    /// Makes every change of a ticket fail, as if somebody held its row for ever.
    func refuseChanges(of ticket: TicketID) async throws {
        try await database.sql(
            """
            CREATE FUNCTION docket.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'not now' USING ERRCODE = '55P03';
            END
            $$;
            CREATE TRIGGER refuse_change BEFORE UPDATE ON docket.ticket FOR EACH ROW WHEN (OLD.id = '\(ticket)')
                EXECUTE FUNCTION docket.refuse_change();
            """
        )
    }
}
