import Deployment

/// The server executables take no flags: their settings come from the environment or a file. Whoever asks for help is told which there are,
/// whoever asks for the version is told that.
extension ServerProcess {
    /// What to say instead of serving, and the exit status to end with; nil where nothing was asked.
    ///
    /// - Parameter arguments: without the program's name.
    func reply(to arguments: [String]) -> (text: String, status: Int32)? {
        guard let first = arguments.first else { return nil }
        if ["-h", "--help"].contains(first) { return (help, 0) }
        if first == "--version" { return ("docket-\(rawValue) \(Release.version)", 0) }
        return ("docket-\(rawValue) takes no arguments; --help lists the settings that it reads from the environment", 2)
    }

    private var help: String {
        let settings = ConfigurationCatalogue.keys.filter { !$0.isForDevelopment }
        let width = settings.map(\.environmentName.count).max() ?? 0
        let lines = settings.map { key in
            let name = key.environmentName + String(repeating: " ", count: width - key.environmentName.count)
            return "  \(name)  \(key.help)" + (key.defaultValue.map { " (default: \($0))" } ?? "")
        }
        return """
            docket-\(rawValue): \(purpose)

            Settings come from the environment, else from the JSON file that DOCKET_CONFIG names. Secrets may be files: DOCKET_DATABASE_URL_FILE.

            \(lines.joined(separator: "\n"))
            """
    }

    private var purpose: String {
        switch self {
        case .api: "answers the HTTP API."
        case .dispatcher: "gives tickets to agents."
        case .scheduler: "fires promises and escalations when they are due, and keeps house."
        case .courier: "delivers webhooks and e-mail."
        }
    }
}
