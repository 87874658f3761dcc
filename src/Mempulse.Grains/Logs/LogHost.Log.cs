using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Logs;

internal sealed partial class LogHost
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Chain {Chain}: log {Directory} open in epoch {Epoch} at {Watermark}")]
    private static partial void LogOpened(ILogger logger, ChainId chain, string directory, Epoch epoch, GlobalSeq watermark);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: cut off a torn tail of {SizeBytes} bytes that the last writer left in {File} at offset {Offset}; {Copy} holds them")]
    private static partial void LogTorn(ILogger logger, ChainId chain, long sizeBytes, string file, long offset, string copy);

    [LoggerMessage(Level = LogLevel.Error, Message = "Chain {Chain}: the log is damaged; what is in the damaged place cannot be read. {Damage}")]
    private static partial void LogDamaged(ILogger logger, ChainId chain, LogDamage damage);

    [LoggerMessage(Level = LogLevel.Error, Message = "Chain {Chain}: events {First} to {Last} are lost: without fsync, a power failure can lose the end of a log. Their positions are assigned again, and the checkpoints past the new end were renamed")]
    private static partial void LogLostEnd(ILogger logger, ChainId chain, GlobalSeq first, GlobalSeq last);

    [LoggerMessage(Level = LogLevel.Error, Message = "Chain {Chain}: the log does not accept records: {Detail}")]
    private static partial void LogNotWritable(ILogger logger, ChainId chain, string detail);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Chain {Chain}: the log can no longer be written, and this silo stops: {Detail}")]
    private static partial void LogFailedForGood(ILogger logger, ChainId chain, string detail);

    [LoggerMessage(Level = LogLevel.Information, Message = "Chain {Chain}: log closed at {Watermark}")]
    private static partial void LogClosed(ILogger logger, ChainId chain, GlobalSeq watermark);
}
