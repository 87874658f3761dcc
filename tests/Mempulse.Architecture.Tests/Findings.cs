namespace Mempulse.Architecture.Tests;

/// <summary>What a rule found, shown in full.</summary>
internal static class Findings
{
    /// <summary>Fails with every finding on a line of its own.</summary>
    public static void None(IEnumerable<string> findings)
    {
        string text = string.Join('\n', findings);
        Assert.True(text.Length == 0, "\n" + text);
    }
}
