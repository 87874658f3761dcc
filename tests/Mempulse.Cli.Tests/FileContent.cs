namespace Mempulse.Cli.Tests;

/// <summary>Compares files.</summary>
internal static class FileContent
{
    public static bool AreEqual(string left, string right) => File.ReadAllBytes(left).AsSpan().SequenceEqual(File.ReadAllBytes(right));
}
