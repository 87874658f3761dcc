namespace Mempulse.Grains.Abstractions.Books;

/// <summary>Reads the pools that the fold asks for, and holds a sample against the chain at each block. Its key is the chain id.</summary>
[Alias("mempulse.IBookWatchGrain")]
public interface IBookWatchGrain : IGrainWithStringKey
{
    /// <summary>Starts watching if it does not yet.</summary>
    [Alias("Start")]
    ValueTask Start();
}
