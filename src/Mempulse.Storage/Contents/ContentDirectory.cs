namespace Mempulse.Storage.Contents;

/// <summary>Locates the witnesses and traces that belong to a log.</summary>
public static class ContentDirectory
{
    /// <summary>Name of the subdirectory of the log's directory.</summary>
    public const string Name = "sims";

    /// <summary>Returns the path of a log's content directory.</summary>
    public static string Beside(string logDirectory) => Path.Combine(logDirectory, Name);
}
