package io.github.camelmessagedb.examples.kafka;

import java.util.Arrays;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.apache.kafka.common.utils.Utils;

/** A Kafka broker in this JVM, with a port on the loopback interface and a temporary directory. */
final class Broker implements AutoCloseable {

    private static final int PARTITIONS = 3;

    private final KafkaClusterTestKit kafka;

    private Broker(KafkaClusterTestKit kafka) {
        this.kafka = kafka;
    }

    static Broker start(String... topics) throws Exception {
        TestKitNodes one = new TestKitNodes.Builder()
                .setCombined(true)
                .setNumBrokerNodes(1)
                .setNumControllerNodes(1)
                .build();
        Broker broker = new Broker(new KafkaClusterTestKit.Builder(one)
                .setConfigProp("offsets.topic.replication.factor", "1")
                .setConfigProp("group.initial.rebalance.delay.ms", "0")
                .build());
        try {
            broker.start();
            broker.create(topics);
            return broker;
        } catch (Exception e) {
            broker.close();
            throw e;
        }
    }

    private void start() throws Exception {
        kafka.format();
        kafka.startup();
        kafka.waitForReadyBrokers();
    }

    private void create(String... topics) throws Exception {
        try (Admin admin = kafka.admin()) {
            admin.createTopics(Arrays.stream(topics)
                            .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    String url() {
        return kafka.bootstrapServers();
    }

    @Override
    public void close() {
        Utils.closeQuietly(kafka, "broker");
    }
}
