using Mempulse.Grains.Abstractions.Logs;

namespace Mempulse.Grains.Publishing;

/// <summary>Where a chain's notices go: an Orleans stream.</summary>
internal interface ILogStream
{
    /// <summary>Gives a notice to the stream; it may be lost without anybody saying so.</summary>
    Task PublishAsync(LogNotice notice);
}
