namespace Mempulse.Architecture.Tests;

/// <summary>Reports the findings of a rule in full.</summary>
internal static class Findings
{
    /// <summary>Fails with every finding on its own line.</summary>
    public static void None(IEnumerable<string> findings)
    {
        string text = string.Join('\n', findings);
        Assert.True(text.Length == 0, "\n" + text);
    }
}
