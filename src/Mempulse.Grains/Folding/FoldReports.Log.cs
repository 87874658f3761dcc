using Mempulse.Primitives;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Folding;

internal sealed partial class FoldReports
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Chain {Chain}: the fold starts at {Applied}; the log ends at {Watermark}")]
    private static partial void LogFoldStarts(ILogger logger, ChainId chain, GlobalSeq applied, GlobalSeq watermark);

    [LoggerMessage(Level = LogLevel.Information, Message = "Chain {Chain}: the fold has caught up at {Applied}, digest {Digest}")]
    private static partial void LogCaughtUp(ILogger logger, ChainId chain, GlobalSeq applied, StateDigest digest);

    [LoggerMessage(Level = LogLevel.Error, Message = "Chain {Chain}: the fold stopped after {Applied}; the log continues without it")]
    private static partial void LogFoldFailed(ILogger logger, ChainId chain, GlobalSeq applied, Exception failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Chain {Chain}: checkpoint at {At} is on disk, {SizeBytes} bytes")]
    private static partial void LogTaken(ILogger logger, ChainId chain, GlobalSeq at, long sizeBytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: the checkpoint at {At} was not written; the one before it remains")]
    private static partial void LogNotTaken(ILogger logger, ChainId chain, GlobalSeq at, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: the checkpoint at {At} is on disk, but the log did not record it: {Detail}")]
    private static partial void LogNotRecorded(ILogger logger, ChainId chain, GlobalSeq at, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: a checkpoint was ignored: {Reason}")]
    private static partial void LogIgnored(ILogger logger, ChainId chain, string reason);
}
