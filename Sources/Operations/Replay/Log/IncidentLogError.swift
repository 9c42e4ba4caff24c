/// Why a file is no incident log at all.
enum IncidentLogError: Error, Hashable, CustomStringConvertible {
    case empty
    case header(CSVError)
    case missingColumn(String)
    case repeatedColumn(String)
    case tooManyIncidents(limit: Int)
    case noIncidents

    var description: String {
        switch self {
        case .empty: "the file is empty"
        case .header(let error): "the header is wrong: \(error)"
        case .missingColumn(let name): "the header has no column \(name)"
        case .repeatedColumn(let name): "the header has the column \(name) twice"
        case .tooManyIncidents(let limit): "the file has more than \(limit) incidents"
        case .noIncidents: "the file has no row that can be read"
        }
    }
}
