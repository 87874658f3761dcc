using Mempulse.Primitives;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Ingest;

internal sealed partial class IngestHost
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Recovering senders with {Recovery}")]
    private static partial void LogRecovery(ILogger logger, string recovery);

    [LoggerMessage(Level = LogLevel.Information, Message = "Chain {Chain}: lane {Lane} started")]
    private static partial void LogLaneStarted(ILogger logger, ChainId chain, string lane);

    [LoggerMessage(Level = LogLevel.Error, Message = "Chain {Chain}: cannot start lane {Lane}")]
    private static partial void LogLaneNotStarted(ILogger logger, ChainId chain, string lane, Exception failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Lane {Lane} ended")]
    private static partial void LogLaneEnded(ILogger logger, string lane);

    [LoggerMessage(Level = LogLevel.Error, Message = "Lane {Lane} failed")]
    private static partial void LogLaneFailed(ILogger logger, string lane, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: lane {Lane} stopped before it had appended all its records")]
    private static partial void LogLaneCut(ILogger logger, ChainId chain, string lane);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: the fold does not answer; its lanes wait for it")]
    private static partial void LogLogNotThere(ILogger logger, ChainId chain, Exception failure);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Chain {Chain}: cannot deliver the ingest report")]
    private static partial void LogReportFailed(ILogger logger, ChainId chain, Exception failure);
}
