import ArgumentParser
import Domain
import UseCases

/// `docket tenant calendar`.
struct TenantCalendarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Shows or sets the calendar of business targets for which neither policy, nor organization, nor queue names one.",
        discussion: "Another calendar is applied to the live tickets in the background; docket sla reevaluations shows how far that is."
    )

    @Argument(help: "The tenant's slug.")
    var slug: String

    @Option(name: .customLong("set"), help: "The calendar's id; none: such targets count around the clock.")
    var calendar: String?

    @OptionGroup var database: OperatorDatabase

    func validate() throws {
        if let calendar, calendar != "none", CalendarID(calendar) == nil { throw ValidationError("--set is the id of a calendar, or none.") }
    }

    func run() async throws {
        let present = try await database.withTenant(slug) { [calendar] environment, tenant in
            let settings = SLASettings(environment: environment)
            if let calendar { try await settings.setDefaultCalendar(CalendarID(calendar), in: tenant) }
            return try await settings.defaultCalendar(in: tenant)
        }
        print(present?.description ?? "none")
    }
}
