namespace Mempulse.Dashboard.Serving;

/// <summary>The style sheets: two that every page needs, and one for each screen. A page names its own; the script loads the others once it is drawn.</summary>
internal static class ScreenSheets
{
    private const string Radar = "radar.css";
    private const string Transaction = "transaction.css";
    private const string Opportunities = "opportunities.css";
    private const string Blocks = "blocks.css";
    private const string Replay = "replay.css";
    private const string Health = "health.css";

    private static readonly string[] _all = [Radar, Transaction, Opportunities, Blocks, Replay, Health];

    /// <summary>The names of the sheets that a page needs before it is drawn, in their order.</summary>
    /// <param name="path">The path of the page.</param>
    public static IReadOnlyList<string> Of(string path) => ["tokens.css", "dash.css", OfScreen(path)];

    /// <summary>The names of the sheets that another screen needs, separated by spaces.</summary>
    public static string OthersThan(string path) => string.Join(' ', _all.Where(sheet => sheet != OfScreen(path)));

    private static string OfScreen(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["tx", ..] => Transaction,
        ["opportunities" or "opps" or "bundle" or "sim", ..] => Opportunities,
        ["blocks", ..] => Blocks,
        ["replay", ..] => Replay,
        ["health" or "runbooks", ..] => Health,
        _ => Radar,
    };
}
