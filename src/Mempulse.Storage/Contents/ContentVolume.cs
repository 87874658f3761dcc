namespace Mempulse.Storage.Contents;

/// <summary>The volume that batches are appended to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CapacityBytes">Its size.</param>
/// <param name="End">Where the next batch goes.</param>
internal sealed record ContentVolume(ContentName Name, long CapacityBytes, long End)
{
    /// <summary>True if so many bytes fit behind what it has.</summary>
    public bool Fits(long bytes) => End + bytes <= CapacityBytes;
}
