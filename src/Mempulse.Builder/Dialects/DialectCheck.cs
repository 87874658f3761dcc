namespace Mempulse.Builder.Dialects;

/// <summary>What a description must state beyond the shape of its JSON. Each rule returns one sentence per violation.</summary>
internal static class DialectCheck
{
    private const string Format = "mempulse-relay-dialect/1";
    private const int MaxNameLength = 32;

    /// <summary>Which forms a meaning can have; the first one decides how a value is made.</summary>
    private static readonly (BundleField Field, FieldForm[] Forms)[] Forms =
    [
        (BundleField.Transactions, [FieldForm.HexList, FieldForm.DigitsList]),
        (BundleField.Transaction, [FieldForm.Hex, FieldForm.Digits]),
        (BundleField.TargetBlock, [FieldForm.Quantity, FieldForm.Number]),
        (BundleField.MaxBlock, [FieldForm.Quantity, FieldForm.Number]),
        (BundleField.StateBlock, [FieldForm.Quantity, FieldForm.Number]),
        (BundleField.Timestamp, [FieldForm.Number, FieldForm.Quantity]),
        (BundleField.MinTimestamp, [FieldForm.Number, FieldForm.Quantity]),
        (BundleField.MaxTimestamp, [FieldForm.Number, FieldForm.Quantity]),
        (BundleField.RevertingHashes, [FieldForm.HexList]),
        (BundleField.DroppingHashes, [FieldForm.HexList]),
        (BundleField.ReplacementUuid, [FieldForm.Text]),
        (BundleField.ReplacementSequence, [FieldForm.Number, FieldForm.Quantity]),
        (BundleField.RefundPercent, [FieldForm.Number]),
        (BundleField.RefundRecipient, [FieldForm.Hex]),
        (BundleField.RefundHashes, [FieldForm.HexList]),
        (BundleField.BundleHash, [FieldForm.Hex]),
    ];

    public static IEnumerable<string> Problems(RelayDialect dialect) =>
        Heading(dialect).Concat(Sources(dialect)).Concat(Endpoints(dialect)).Concat(Limits(dialect)).Concat(Methods(dialect));

    private static IEnumerable<string> Heading(RelayDialect dialect)
    {
        if (dialect.Format != Format)
        {
            yield return $"'{dialect.Format}' is not a valid format: expected '{Format}'.";
        }

        if (dialect.Name.Length is 0 or > MaxNameLength || dialect.Name.Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter)))
        {
            yield return $"'{dialect.Name}' is not a valid name: expected 1 to {MaxNameLength} lower-case letters and digits.";
        }

        if (dialect.Authentication.Header.Length == 0 || dialect.Authentication.Header.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '-'))
        {
            yield return $"'{dialect.Authentication.Header}' is not a valid header: expected letters, digits and hyphens.";
        }
    }

    private static IEnumerable<string> Sources(RelayDialect dialect)
    {
        foreach (var twice in dialect.Sources.GroupBy(source => source.Id).Where(group => group.Count() > 1))
        {
            yield return $"{twice.Count()} sources have the id '{twice.Key}'.";
        }

        foreach (var source in dialect.Sources.Where(source => !IsHttps(source.Url)))
        {
            yield return $"The source '{source.Id}' is at '{source.Url.OriginalString}': expected https://.";
        }

        string[] cited = [.. Cited(dialect).OfType<string>()];
        foreach (string unknown in cited.Except(dialect.Sources.Select(source => source.Id)))
        {
            yield return $"The source '{unknown}' is cited and not listed.";
        }

        foreach (var idle in dialect.Sources.Where(source => !cited.Contains(source.Id)))
        {
            yield return $"The source '{idle.Id}' is listed and not cited.";
        }
    }

    private static IEnumerable<string?> Cited(RelayDialect dialect) =>
    [
        dialect.Authentication.Source,
        dialect.RefundMustCoverTransfer.Source,
        .. dialect.Endpoints.Select(endpoint => endpoint.Source),
        .. dialect.Limits.Select(limit => limit.Source),
        .. dialect.Methods.Select(method => method.Source),
        .. dialect.Methods.SelectMany(method => method.Fields).Select(field => field.Source),
    ];

    private static IEnumerable<string> Endpoints(RelayDialect dialect)
    {
        foreach (var endpoint in dialect.Endpoints.Where(endpoint => !IsHttps(endpoint.Url) || endpoint.Url.UserInfo.Length > 0))
        {
            yield return $"'{endpoint.Url.Host}' is not a valid endpoint: expected https:// without a password.";
        }

        if (dialect.AddressFor(EndpointUse.Requests) is null)
        {
            yield return "It has no verified endpoint for requests.";
        }

        if (dialect.Find(RelayMethod.BundleStatistics) is not null && dialect.AddressFor(EndpointUse.Statistics) is null)
        {
            yield return "It has a method for statistics and no verified endpoint for them.";
        }
    }

    private static IEnumerable<string> Limits(RelayDialect dialect)
    {
        foreach (var twice in dialect.Limits.GroupBy(limit => limit.Of).Where(group => group.Count() > 1))
        {
            yield return $"{twice.Count()} limits are of {twice.Key}.";
        }

        foreach (var limit in dialect.Limits)
        {
            bool isRate = limit.Of is LimitKind.Requests or LimitKind.StatisticsRequests;
            if (limit.Value <= 0 || (limit.PerMilliseconds > 0) != isRate)
            {
                yield return $"The limit of {limit.Of} is not valid: expected a value of 1 or more, and a period for a rate only.";
            }
        }
    }

    private static IEnumerable<string> Methods(RelayDialect dialect)
    {
        foreach (var twice in dialect.Methods.GroupBy(method => method.Method).Where(group => group.Count() > 1))
        {
            yield return $"{twice.Count()} methods are {twice.Key}.";
        }

        if (dialect.Find(RelayMethod.SendBundle) is not { } send || send.Find(BundleField.Transactions) is null || send.Find(BundleField.TargetBlock) is null)
        {
            yield return "It has no verified method that sends transactions for a block.";
        }

        foreach (var method in dialect.Methods)
        {
            foreach (string problem in Fields(method))
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<string> Fields(DialectMethod method)
    {
        if (method.Fields.Count != method.Fields.Select(field => field.Field).Distinct().Count()
            || method.Fields.Count != method.Fields.Select(field => field.Name).Distinct(StringComparer.Ordinal).Count())
        {
            yield return $"{method.Name} has two fields with one name or one meaning.";
        }

        foreach (var field in method.Fields.Where(field => !Forms.First(row => row.Field == field.Field).Forms.Contains(field.Form)))
        {
            yield return $"{method.Name} writes {field.Field} as {field.Form}, which it cannot be.";
        }

        if (method.Source is null && method.Fields.Any(field => field.IsVerified))
        {
            yield return $"{method.Name} has no source, and a field of it has one.";
        }
    }

    private static bool IsHttps(Uri address) => address.IsAbsoluteUri && address.Scheme == Uri.UriSchemeHttps;
}
