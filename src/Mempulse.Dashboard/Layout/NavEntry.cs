namespace Mempulse.Dashboard.Layout;

/// <summary>An entry of the navigation.</summary>
/// <param name="Path">The address of its screen.</param>
/// <param name="Name">What it is called.</param>
/// <param name="ShortName">What it is called on a phone.</param>
/// <param name="Icon">Its icon on a phone.</param>
/// <param name="Key">The key that opens it after g.</param>
internal sealed record NavEntry(string Path, string Name, string ShortName, string Icon, char Key)
{
    /// <summary>The entries, from left to right.</summary>
    public static IReadOnlyList<NavEntry> All { get; } =
    [
        new("/", "Radar", "Radar", "radar", 'r'),
        new("/opportunities", "Opportunities", "Opps", "opps", 'o'),
        new("/blocks", "Blocks", "Blocks", "included", 'b'),
        new("/replay", "Replay", "Replay", "replay", 'p'),
        new("/health", "Health", "Health", "pulse", 'h'),
    ];

    /// <summary>The entry that a path belongs to; null for objects, which keep the entry they were reached from. Runbooks are pages of Health.</summary>
    public static NavEntry? Of(string path) => path.StartsWith("/runbooks/", StringComparison.Ordinal) ? Of("/health") : All.FirstOrDefault(entry => entry.Path == path || (entry.Path.Length > 1 && path.StartsWith(entry.Path + "/", StringComparison.Ordinal)));

    /// <summary>The entry that an object belongs to when its address is opened directly.</summary>
    public static NavEntry HomeOf(string path) => Of(path)
        ?? All.First(entry => entry.Path == (path.StartsWith("/opps/", StringComparison.Ordinal) || path.StartsWith("/bundle/", StringComparison.Ordinal) || path.StartsWith("/sim/", StringComparison.Ordinal) ? "/opportunities" : "/"));
}
