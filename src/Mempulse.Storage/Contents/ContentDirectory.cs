namespace Mempulse.Storage.Contents;

/// <summary>Where the witnesses and traces of a log lie.</summary>
public static class ContentDirectory
{
    /// <summary>Name of the directory within the log's.</summary>
    public const string Name = "sims";

    /// <summary>The directory of a log's contents.</summary>
    public static string Beside(string logDirectory) => Path.Combine(logDirectory, Name);
}
