-- How far the classes of a queue are looked through where one pass cannot read them all (decision 29); null while no such look is under way.
ALTER TABLE docket.routing_lane ADD class_after bigint, ADD class_until bigint;
