using Mempulse.Primitives;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Ingest;

internal sealed partial class IngestHost
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Senders are recovered with {Recovery}")]
    private static partial void LogRecovery(ILogger logger, string recovery);

    [LoggerMessage(Level = LogLevel.Information, Message = "Chain {Chain}: lane {Lane} runs")]
    private static partial void LogLaneStarted(ILogger logger, ChainId chain, string lane);

    [LoggerMessage(Level = LogLevel.Error, Message = "Chain {Chain}: lane {Lane} could not be started")]
    private static partial void LogLaneNotStarted(ILogger logger, ChainId chain, string lane, Exception failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Lane {Lane} has nothing more to say")]
    private static partial void LogLaneEnded(ILogger logger, string lane);

    [LoggerMessage(Level = LogLevel.Error, Message = "Lane {Lane} broke")]
    private static partial void LogLaneFailed(ILogger logger, string lane, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: lane {Lane} could not append all it had before the stop")]
    private static partial void LogLaneCut(ILogger logger, ChainId chain, string lane);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: the log does not answer yet; the lanes wait for it")]
    private static partial void LogLogNotThere(ILogger logger, ChainId chain, Exception failure);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Chain {Chain}: the ingest report was not taken")]
    private static partial void LogReportFailed(ILogger logger, ChainId chain, Exception failure);
}
