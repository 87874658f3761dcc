using Aspire.Hosting.Orleans;

namespace Mempulse.AppHost;

/// <summary>Clustering over ADO.NET. Aspire's own provider writes a name that Orleans 10.4 does not know.</summary>
/// <param name="database">The PostgreSQL database of the cluster.</param>
internal sealed class AdoNetClustering(IResourceBuilder<IResourceWithConnectionString> database) : IProviderConfiguration
{
    /// <inheritdoc/>
    public void ConfigureResource<T>(IResourceBuilder<T> resourceBuilder, string configurationSectionPath)
        where T : IResourceWithEnvironment => resourceBuilder
            .WithEnvironment($"Orleans__{configurationSectionPath}__ProviderType", "AdoNet")
            .WithEnvironment($"Orleans__{configurationSectionPath}__ConnectionName", database.Resource.Name);
}
