using System.Text.Json;
using Parker.Goldens;
using Parker.Planning.Configuration;

namespace Parker.Planning.Tests.Configuration;

public sealed class ConfigurationSchemaTests
{
    private static readonly JsonElement Tables = JsonDocument.Parse(File.ReadAllText(Path.Combine(GoldenFile.Root, "docs", "configuration.schema.json"))).RootElement.GetProperty("properties");

    [Fact]
    public void Schema_has_the_keys_that_the_reader_takes_and_no_others()
    {
        JsonElement partition = Tables.GetProperty(ConfigurationKeys.Partition).GetProperty("items");

        Assert.Equal(ConfigurationKeys.PartitionKeys, Names(partition.GetProperty("properties")));
        Assert.Equal(ConfigurationKeys.RequiredPartitionKeys, partition.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(ConfigurationKeys.BootKernelKeys, Names(Tables.GetProperty(ConfigurationKeys.BootKernel).GetProperty("properties")));
        Assert.Equal([ConfigurationKeys.BootKernel, ConfigurationKeys.Partition], Names(Tables));
    }

    [Fact]
    public void Every_key_is_described_and_nothing_else_allowed()
    {
        JsonElement partition = Tables.GetProperty(ConfigurationKeys.Partition).GetProperty("items");

        Assert.All(partition.GetProperty("properties").EnumerateObject(), key => Assert.NotEmpty(key.Value.GetProperty("description").GetString()!));
        Assert.False(partition.GetProperty("additionalProperties").GetBoolean());
        Assert.False(Tables.GetProperty(ConfigurationKeys.BootKernel).GetProperty("additionalProperties").GetBoolean());
    }

    private static IEnumerable<string> Names(JsonElement table) => table.EnumerateObject().Select(property => property.Name);
}
