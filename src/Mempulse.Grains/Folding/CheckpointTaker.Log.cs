using Mempulse.Primitives;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Folding;

internal sealed partial class CheckpointTaker
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Chain {Chain}: checkpoint at {At} on disk, {SizeBytes} bytes")]
    private static partial void LogTaken(ILogger logger, ChainId chain, GlobalSeq at, int sizeBytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: no checkpoint at {At}; the one before stays")]
    private static partial void LogNotTaken(ILogger logger, ChainId chain, GlobalSeq at, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: the checkpoint at {At} is on disk but not on record: {Detail}")]
    private static partial void LogNotRecorded(ILogger logger, ChainId chain, GlobalSeq at, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: a checkpoint is not used: {Reason}")]
    private static partial void LogUnusable(ILogger logger, ChainId chain, string reason);
}
