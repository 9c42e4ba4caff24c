import ArgumentParser
import FoundationEssentials
import Testing

@testable import Operations

/// docs/cli.md tells of every flag of every command, and of none that there is not: enumerated over the commands.
@Suite("docs/cli.md")
struct DocumentedCommandsTests {
    private struct Command {
        /// `docket tenant erase`
        let name: String
        let flags: Set<String>
    }

    private static var commands: [Command] { leaves(of: DocketCommand.self, named: "docket") }

    private static func leaves(of command: any ParsableCommand.Type, named name: String) -> [Command] {
        let children = command.configuration.subcommands
        if children.isEmpty { return [Command(name: name, flags: flags(of: command))] }
        return children.flatMap { leaves(of: $0, named: name + " " + $0._commandName) }
    }

    /// Those in the first column of the help: descriptions may speak of others.
    private static func flags(of command: any ParsableCommand.Type) -> Set<String> {
        let help = DocketCommand.helpMessage(for: command, includeHidden: true)
        let options = help.components(separatedBy: "OPTIONS:").last ?? ""
        var found: Set<String> = []
        for line in options.split(separator: "\n") where line.hasPrefix("  -") {
            let names = line.drop { $0 == " " }.split(separator: "  ", maxSplits: 1)[0]
            found.formUnion(names.matches(of: /--[a-z][a-z-]*/).map { String($0.output) })
        }
        return found
    }

    /// What every command has, and what the page says of all at once.
    private static let common: Set<String> = ["--help", "--version", "--database-url"]

    private static func page() throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return String(decoding: try Data(contentsOf: folder.appending(path: "docs/cli.md")), as: UTF8.self)
    }

    /// The page in rows of tables and paragraphs, each with the commands that it is about: those it names, else those of what comes before it under its heading.
    private static func parts(of page: String, _ commands: [Command]) -> [(text: String, names: Set<String>)] {
        var parts: [(text: String, names: Set<String>)] = []
        var current: Set<String> = []
        for text in page.components(separatedBy: "\n\n").flatMap({ $0.hasPrefix("|") ? $0.components(separatedBy: "\n") : [$0] }) {
            var named = Set(commands.map(\.name).filter { text.contains($0) })
            // `docket migrate up \| status \| verify`
            for match in text.matches(of: /docket ((?:[a-z]+ )*)([a-z]+(?: \\\| [a-z]+)+)/) {
                for word in match.output.2.split(separator: " \\| ") { named.insert("docket \(match.output.1)\(word)") }
            }
            if !named.isEmpty || text.hasPrefix("#") { current = named }
            parts.append((text, current))
        }
        return parts
    }

    @Test("Every command is there, with every flag that its help lists")
    func everyFlag() throws {
        let commands = Self.commands
        #expect(commands.count > 25 && commands.allSatisfy { $0.flags.contains("--help") })
        let parts = Self.parts(of: try Self.page(), commands)
        for command in commands {
            let about = parts.filter { $0.names.contains(command.name) }.map(\.text).joined(separator: "\n")
            #expect(!about.isEmpty, "\(command.name)")
            let named = Set(about.matches(of: /--[a-z][a-z-]*/).map { String($0.output) })
            #expect(command.flags.subtracting(Self.common).subtracting(named) == [], "\(command.name)")
        }
    }

    @Test("Every flag of the page is one of a command, and where a command is written out, one of that command")
    func noOther() throws {
        let commands = Self.commands
        let page = try Self.page()
        let all = commands.reduce(into: Self.common) { $0.formUnion($1.flags) }
        #expect(Set(page.matches(of: /--[a-z][a-z-]*/).map { String($0.output) }).subtracting(all) == [])
        var examined = 0
        for match in page.matches(of: /`(docket [^`]*)`/) {
            let line = String(match.output.1)
            guard let command = commands.filter({ line == $0.name || line.hasPrefix($0.name + " ") }).max(by: { $0.name.count < $1.name.count })
            else { continue }
            examined += 1
            let named = Set(line.matches(of: /--[a-z][a-z-]*/).map { String($0.output) })
            #expect(named.subtracting(command.flags).subtracting(Self.common) == [], "\(line)")
        }
        #expect(examined > 20)
    }
}
