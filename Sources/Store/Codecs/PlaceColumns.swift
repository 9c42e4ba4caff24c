import Domain
import Postgres

/// A place as two columns of whole microdegrees, both null where there is none.
enum PlaceColumns {
    static let names = ["latitude_microdegrees", "longitude_microdegrees"]

    /// - Parameter alias: of the table.
    static func list(of alias: String) -> String {
        names.map { "\(alias).\($0)" }.joined(separator: ", ")
    }

    static func bind(_ place: GeoPoint?, into binder: inout Binder) {
        binder.append(place.map { Int32(clamping: $0.latitudeMicrodegrees) })
        binder.append(place.map { Int32(clamping: $0.longitudeMicrodegrees) })
    }

    static func decode(_ columns: inout ColumnReader) throws(DecodeError) -> GeoPoint? {
        let latitude = try columns.nextOptional(Int32.self)
        let longitude = try columns.nextOptional(Int32.self)
        guard let latitude, let longitude else { return nil }
        guard let place = GeoPoint(latitudeMicrodegrees: Int(latitude), longitudeMicrodegrees: Int(longitude)) else {
            throw DecodeError("no place on the earth")
        }
        return place
    }
}
