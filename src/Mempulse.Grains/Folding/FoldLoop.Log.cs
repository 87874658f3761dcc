using Mempulse.Primitives;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Folding;

internal sealed partial class FoldLoop
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Chain {Chain}: the fold starts at {Applied}, the log ends at {Watermark}")]
    private static partial void LogFoldStarts(ILogger logger, ChainId chain, GlobalSeq applied, GlobalSeq watermark);

    [LoggerMessage(Level = LogLevel.Information, Message = "Chain {Chain}: the fold has caught up at {Applied}, digest {Digest}")]
    private static partial void LogCaughtUp(ILogger logger, ChainId chain, GlobalSeq applied, StateDigest digest);

    [LoggerMessage(Level = LogLevel.Error, Message = "Chain {Chain}: the fold stopped after {Applied}; the log goes on without it")]
    private static partial void LogFoldFailed(ILogger logger, ChainId chain, GlobalSeq applied, Exception failure);
}
