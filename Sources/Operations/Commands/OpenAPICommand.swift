import ArgumentParser
import HTTPAPI

/// `docket openapi`.
struct OpenAPICommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "openapi", abstract: "Prints the API's description, OpenAPI 3.1.")

    func run() {
        print(OpenAPIDocument(operations: APIOperations.all).text, terminator: "")
    }
}
