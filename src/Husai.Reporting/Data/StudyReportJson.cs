using System.Text.Json;

namespace Husai.Reporting.Data;

/// <summary>Report data as JSON: snake_case keys, values that are not finite as null.</summary>
internal static class StudyReportJson
{
    /// <summary>The data as a JSON document, without blanks.</summary>
    public static string Write(StudyReportData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return JsonSerializer.Serialize(data, ReportJsonOptions.Compact);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">The text is no such document.</exception>
    public static StudyReportData Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return JsonSerializer.Deserialize<StudyReportData>(json, ReportJsonOptions.Compact)
            ?? throw new JsonException("the document is null, not a report's data");
    }
}
