using System.Globalization;

namespace Mempulse.Dashboard.Alerting;

/// <summary>The rules that Prometheus is shipped with, and their runbooks, from the resources of this assembly: there is no second list of them.</summary>
internal static class AlertRules
{
    private const string Rules = "alerts.rules.yml";
    private const string Start = "- alert:";

    /// <summary>The rules in the order of the file. Rules that only notice a missing metric are left out: they are about Prometheus.</summary>
    public static IReadOnlyList<AlertRule> Shipped { get; } = Read(Text(Rules)!);

    /// <summary>The text of a runbook; null if it does not exist.</summary>
    public static string? Runbook(string name) => name.All(static letter => char.IsAsciiLetterLower(letter) || letter == '-') ? Text($"runbooks/{name}.md") : null;

    /// <summary>Reads rules as this repository writes them: one key on a line.</summary>
    internal static IReadOnlyList<AlertRule> Read(string yaml)
    {
        var rules = new List<AlertRule>();
        foreach (string rule in yaml.Split(Start).Skip(1))
        {
            string expression = Value(rule, "expr:");
            if (!expression.StartsWith("absent(", StringComparison.Ordinal))
            {
                rules.Add(new AlertRule(
                    rule.Split('\n')[0].Trim(),
                    expression,
                    Duration(Value(rule, "for:")),
                    Value(rule, "severity:") == "page",
                    Value(rule, "summary:").Trim('"'),
                    Path.GetFileNameWithoutExtension(Value(rule, "runbook:"))));
            }
        }

        return rules;
    }

    private static string Value(string rule, string key) =>
        rule.Split('\n').Select(static line => line.Trim()).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal)) is { } line ? line[key.Length..].Trim() : string.Empty;

    private static TimeSpan Duration(string text)
    {
        int number = int.Parse(text[..^1], CultureInfo.InvariantCulture);
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            _ => throw new FormatException($"'{text}' is not a valid duration of a rule: expected a number and s, m or h."),
        };
    }

    private static string? Text(string resource)
    {
        using var content = typeof(AlertRules).Assembly.GetManifestResourceStream(resource);
        if (content is null)
        {
            return null;
        }

        using var reader = new StreamReader(content);
        return reader.ReadToEnd();
    }
}
