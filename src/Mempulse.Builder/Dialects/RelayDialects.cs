namespace Mempulse.Builder.Dialects;

/// <summary>The descriptions that ship with the product.</summary>
public static class RelayDialects
{
    private const string Prefix = "dialect.";

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<RelayDialect> All { get; } = [.. Names().Select(Load).OrderBy(dialect => dialect.Name, StringComparer.Ordinal)];

    /// <summary>Those that are used if no relay is named.</summary>
    public static IEnumerable<RelayDialect> Defaults => All.Where(dialect => dialect.Use == DialectUse.Default);

    /// <summary>The description with a name; null if no builder has it.</summary>
    public static RelayDialect? Find(string name) => All.FirstOrDefault(dialect => dialect.Name == name);

    private static IEnumerable<string> Names() => typeof(RelayDialects).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal));

    private static RelayDialect Load(string name)
    {
        using var stream = typeof(RelayDialects).Assembly.GetManifestResourceStream(name) ?? throw new DialectException($"{name} is not in the assembly.");
        byte[] json = new byte[checked((int)stream.Length)];
        stream.ReadExactly(json);
        return DialectReader.Read(json, name);
    }
}
