using System.Text.Json.Nodes;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Histories;

namespace Mempulse.Cases;

/// <summary>A transaction's life as JSON.</summary>
internal static class LifeText
{
    public static JsonObject ToJson(TxLife life) => new()
    {
        ["hash"] = life.Hash.ToString(),
        ["state"] = life.State.ToString(),
        ["sender"] = life.Sender?.ToString(),
        ["nonce"] = life.Body?.Nonce.Value,
        ["steps"] = new JsonArray([.. life.Steps.Select(ToJson)]),
        ["sightings"] = new JsonArray([.. life.Sightings.Select(ToJson)]),
        ["block"] = life.Inclusion?.Block.ToString(),
        ["number"] = life.Inclusion?.Number.Value,
        ["index"] = life.Inclusion?.Index,
        ["outcome"] = life.Inclusion?.Outcome.ToString(),
        ["replacedBy"] = life.ReplacedBy?.ToString(),
        ["replaces"] = life.Replaces?.ToString(),
    };

    private static JsonObject ToJson(LifeStep step) => new()
    {
        ["seq"] = step.Seq.Value,
        ["type"] = EventCatalog.Core.NameOf(step.Kind),
        ["state"] = step.State.ToString(),
        ["time"] = step.Time.ToRfc3339(),
        ["cause"] = step.Cause.Value,
    };

    private static JsonObject ToJson(SourceHistory sighting) => new()
    {
        ["source"] = sighting.Source.ToString(),
        ["first"] = sighting.First.Value,
        ["count"] = sighting.Count,
        ["leftAt"] = sighting.LeftAt?.ToRfc3339(),
    };
}
