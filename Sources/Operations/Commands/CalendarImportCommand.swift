import ArgumentParser
import Deployment
import Domain
import Store
import UseCases

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `docket calendar import`.
struct CalendarImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Takes holidays and make-up workdays over into a calendar.",
        discussion: """
            The file is an iCalendar file (.ics) or a JSON list: [{"date":"2026-02-14","name":"春节","type":"workday"},
            {"from":"2026-02-15","to":"2026-02-23","type":"holiday"}], or {"year":2026,"days":[{"date":"…","isOffDay":true}]}.
            What an earlier import of the same source brought for the same years is replaced; entries made by hand stay.
            """
    )

    @Option(help: "The tenant's slug.")
    var tenant: String

    @Option(help: "The calendar's name.")
    var calendar: String

    @Option(help: "Names the list, so that a later one of the same name replaces it.")
    var source = "holidays"

    @Option(help: "The hours of make-up workdays: those of a weekday (mon), or windows (09:00-12:00,13:30-18:00).")
    var hours = "mon"

    @Flag(name: .customLong("dry-run"), help: "Only says what would change.")
    var isDryRun = false

    @Argument(help: "The file; - reads standard input.")
    var file: String

    @OptionGroup var database: OperatorDatabase

    func validate() throws {
        guard HolidaySource.isName(source) else { throw ValidationError("--source is 1 to 64 letters, digits, dots, hyphens and underscores.") }
        guard MakeUpHours(hours) != nil else {
            throw ValidationError("--hours is a weekday such as mon, or windows such as 09:00-12:00,13:30-18:00.")
        }
    }

    func run() async throws {
        let input = try HolidayFile.read(file)
        let done = try await database.withTenant(tenant) { [calendar, source, hours, isDryRun] environment, tenant in
            do {
                let found = try await DirectoryQueries(environment: environment).list(CalendarContent.self, in: tenant, limit: 1, unique: calendar)
                guard let record = found.first else { throw CommandFailure("the tenant has no calendar of this name") }
                // Calendars need neither secrets nor addresses.
                let tools = DirectoryTools(zones: ZoneFiles(), secrets: WebhookSecretVault(SecretBox(current: MasterKey()))) { _ in "not asked" }
                return try await DirectoryCommands(environment: environment, tools: tools).importHolidays(
                    input,
                    into: record.id,
                    from: source,
                    hours: MakeUpHours(hours) ?? .standard,
                    isDryRun: isDryRun,
                    in: tenant
                )
            } catch UseCaseError.invalid(let problems) {
                throw CommandFailure(
                    problems.map { $0.pointer.isEmpty ? $0.detail : "\($0.pointer): \($0.detail)" }.joined(separator: "; "),
                    status: 2
                )
            }
        }
        print(HolidayImportText.render(done, isDryRun: isDryRun))
    }
}
