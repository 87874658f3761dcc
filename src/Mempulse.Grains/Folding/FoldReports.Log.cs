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

    [LoggerMessage(Level = LogLevel.Information, Message = "Chain {Chain}: saved a checkpoint of {SizeBytes} bytes at {At}")]
    private static partial void LogTaken(ILogger logger, ChainId chain, GlobalSeq at, long sizeBytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: cannot write the checkpoint at {At}; the previous one remains")]
    private static partial void LogNotTaken(ILogger logger, ChainId chain, GlobalSeq at, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: saved the checkpoint at {At}, but cannot record it in the log: {Detail}")]
    private static partial void LogNotRecorded(ILogger logger, ChainId chain, GlobalSeq at, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: ignored a checkpoint: {Reason}")]
    private static partial void LogIgnored(ILogger logger, ChainId chain, string reason);
}
