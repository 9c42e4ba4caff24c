import Domain

/// A place on the earth as two numbers of degrees, which come together or not at all.
enum PlaceFields {
    static let latitude = RequestField("latitude", .microdegrees(GeoPoint.latitudeMicrodegreesRange), "Degrees north, -90 to 90, with longitude.")
    static let longitude = RequestField("longitude", .microdegrees(GeoPoint.longitudeMicrodegreesRange), "Degrees east, -180 to 180, with latitude.")

    static let properties = [
        JSONProperty("latitude", .number.nullable, "Degrees north."),
        JSONProperty("longitude", .number.nullable, "Degrees east."),
    ]

    /// Reads the place of something new.
    static func place(from reader: inout ObjectReader) -> GeoPoint? {
        let (latitude, longitude) = (reader.optional(latitude), reader.optional(longitude))
        requireBoth(&reader)
        guard let latitude, let longitude else { return nil }
        return GeoPoint(latitudeMicrodegrees: latitude, longitudeMicrodegrees: longitude)
    }

    /// Reads a new place, or that there is none any more: both members are null then.
    static func patch(from reader: inout ObjectReader) -> Patch<GeoPoint> {
        let (latitude, longitude) = (reader.patch(latitude), reader.patch(longitude))
        requireBoth(&reader)
        switch (latitude, longitude) {
        case (.clear, .clear):
            return .clear
        case (.set(let latitude), .set(let longitude)):
            return GeoPoint(latitudeMicrodegrees: latitude, longitudeMicrodegrees: longitude).map { .set($0) } ?? .keep
        case (.clear, .set):
            reader.refuse("latitude", .conflict, "latitude and longitude are both numbers or both null.")
            return .keep
        case (.set, .clear):
            reader.refuse("longitude", .conflict, "latitude and longitude are both numbers or both null.")
            return .keep
        default:
            // Neither is there, or an error was recorded.
            return .keep
        }
    }

    static func write(_ place: GeoPoint?, to writer: inout JSONWriter) {
        writer.field("latitude", place?.latitude)
        writer.field("longitude", place?.longitude)
    }

    private static func requireBoth(_ reader: inout ObjectReader) {
        let (hasLatitude, hasLongitude) = (reader.has("latitude"), reader.has("longitude"))
        if hasLatitude && !hasLongitude { reader.refuse("longitude", .required, "Is missing beside latitude.") }
        if hasLongitude && !hasLatitude { reader.refuse("latitude", .required, "Is missing beside longitude.") }
    }
}

extension GeoPoint {
    /// Degrees north, as a request would give them.
    var latitude: Double { Double(latitudeMicrodegrees) / 1_000_000 }
    /// Degrees east, as a request would give them.
    var longitude: Double { Double(longitudeMicrodegrees) / 1_000_000 }
}

extension JSONType where Value == Int {
    /// A number of degrees, to the nearest millionth (about 11 cm).
    static func microdegrees(_ range: ClosedRange<Int>) -> JSONType {
        let (least, most) = (range.lowerBound / 1_000_000, range.upperBound / 1_000_000)
        return JSONType(JSONSchema(.number(minimum: Int64(least), maximum: Int64(most)))) { value, errors in
            guard value.isNumber else { return errors.wrongType(value, "a number") }
            guard let degrees = value.double, degrees >= Double(least), degrees <= Double(most) else {
                errors.add(value, .outOfRange, "Must be from \(least) to \(most).")
                return nil
            }
            return Int((degrees * 1_000_000).rounded())
        }
    }
}
