namespace Mempulse.Storage.Contents;

/// <summary>How the contents of a file are arranged.</summary>
internal enum ContentFileKind
{
    /// <summary>A single content.</summary>
    Single = 0,

    /// <summary>A batch, whose header lists its contents.</summary>
    Batch = 1,

    /// <summary>A volume, to which batches are appended.</summary>
    Volume = 2,
}
