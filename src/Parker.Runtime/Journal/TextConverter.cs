using System.Text.Json;
using System.Text.Json.Serialization;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Runtime.Journal;

/// <summary>Writes a value as the text that its <c>ToString</c> gives and its <c>Parse</c> takes.</summary>
internal abstract class TextConverter<T>(Func<string, T> parse) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        parse(reader.GetString() ?? throw new JsonException("A text was expected."));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value!.ToString());
}

internal sealed class PhysicalAddressConverter() : TextConverter<PhysicalAddress>(text => PhysicalAddress.Parse(text));

internal sealed class PhysicalRangeConverter() : TextConverter<PhysicalRange>(PhysicalRange.Parse);

internal sealed class CpuSetConverter() : TextConverter<CpuSet>(text => CpuSet.Parse(text));

internal sealed class PciAddressConverter() : TextConverter<PciAddress>(text => PciAddress.Parse(text));

internal sealed class PartitionNameConverter() : TextConverter<PartitionName>(PartitionName.Parse);
