namespace Mempulse.Dashboard.Alerting;

/// <summary>A metric at one moment.</summary>
/// <param name="Name">Its name as Prometheus exports it.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">Its value.</param>
internal sealed record MeterSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    /// <summary>The labels as text: equal texts are equal labels.</summary>
    public string Key => string.Join(',', Labels.OrderBy(static label => label.Key, StringComparer.Ordinal).Select(static label => $"{label.Key}={label.Value}"));
}
