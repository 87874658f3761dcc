using System.Text.Json.Nodes;
using Mempulse.Features.Reasons;
using Mempulse.Primitives.Events;
using Mempulse.Storage.Cases;

namespace Mempulse.Cases;

/// <summary>Events of a case in words.</summary>
public static class CaseText
{
    /// <summary>The name of the kind and the id.</summary>
    public static string Of(CaseEvent one) => $"{EventCatalog.Core.NameOf(one.Kind)} {one.Id}";

    /// <summary>What a case has about opportunities and bundles and can derive again, in the order of the log.</summary>
    public static IEnumerable<CaseEvent> EventsOf(CaseContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return content.Records.Select(static record => new LoggedRecord(record.Seq, record.Bytes)).Where(CaseFold.IsCompared).Select(CaseFold.EventOf).Distinct();
    }

    /// <summary>Why an event is in a case as it was logged.</summary>
    public static string ReasonOf(CaseEvent one) => one.Kind switch
    {
        LogEvent.SimCompleted.KindNumber => "the case does not have its witness",
        LogEvent.BundleBuilt.KindNumber => "the case does not have its transactions",
        LogEvent.CompetitionExamined.KindNumber => "the case does not have its witness",
        _ => "it does not follow from the facts of the case",
    };

    /// <summary>Events as an array of strings.</summary>
    public static JsonArray ToJson(IEnumerable<CaseEvent> events) => [.. events.Select(static one => JsonValue.Create(Of(one)))];
}
