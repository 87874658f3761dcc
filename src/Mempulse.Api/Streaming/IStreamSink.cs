namespace Mempulse.Api.Streaming;

/// <summary>Where a reader of the stream receives items. Confined to its reader.</summary>
internal interface IStreamSink
{
    /// <summary>Adds an item to what is sent next.</summary>
    void Write(StreamItem item);

    /// <summary>Sends what was written, and waits while the reader does not take it.</summary>
    /// <exception cref="OperationCanceledException">The reader left, or did not take it before the stream was cut off.</exception>
    Task FlushAsync();
}
