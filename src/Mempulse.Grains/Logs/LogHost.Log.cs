using Mempulse.Canon.Recovery;
using Mempulse.Primitives;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Logs;

internal sealed partial class LogHost
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Chain {Chain}: log {Directory} open in epoch {Epoch} at {Watermark}")]
    private static partial void LogOpened(ILogger logger, ChainId chain, string directory, Epoch epoch, GlobalSeq watermark);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: cut off a torn tail left by the last writer and kept a copy: {Torn}")]
    private static partial void LogTorn(ILogger logger, ChainId chain, TornTail torn);

    [LoggerMessage(Level = LogLevel.Error, Message = "Chain {Chain}: the log does not accept records: {Detail}")]
    private static partial void LogNotWritable(ILogger logger, ChainId chain, string detail);

    [LoggerMessage(Level = LogLevel.Information, Message = "Chain {Chain}: log closed at {Watermark}")]
    private static partial void LogClosed(ILogger logger, ChainId chain, GlobalSeq watermark);
}
